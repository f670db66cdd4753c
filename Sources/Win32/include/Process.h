/* Another spelling. */
#include "process.h"
