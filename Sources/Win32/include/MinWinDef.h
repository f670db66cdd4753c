/* Another spelling. */
#include "minwindef.h"
