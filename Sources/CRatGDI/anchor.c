#include "rat-gdi.h"
