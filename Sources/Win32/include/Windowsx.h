/* Another spelling. */
#include "windowsx.h"
