/* Another spelling. */
#include "sdkddkver.h"
