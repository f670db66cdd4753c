/* A part of winbase.h in newer kits. */
#include "windows.h"
