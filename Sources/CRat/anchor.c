#include "rat.h"
