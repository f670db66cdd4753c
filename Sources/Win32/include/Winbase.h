/* Another spelling. */
#include "winbase.h"
