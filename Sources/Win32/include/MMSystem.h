/* Another spelling. */
#include "mmsystem.h"
