#include "CRatXCB.h"
