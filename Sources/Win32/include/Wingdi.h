/* Another spelling. */
#include "wingdi.h"
