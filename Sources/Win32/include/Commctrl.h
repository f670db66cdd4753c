/* Another spelling. */
#include "commctrl.h"
