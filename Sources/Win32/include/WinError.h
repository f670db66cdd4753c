/* Another spelling. */
#include "winerror.h"
