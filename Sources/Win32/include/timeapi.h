/* A part of mmsystem.h in newer kits. */
#include "mmsystem.h"
