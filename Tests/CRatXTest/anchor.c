/* Without the trait there may be no X library, and nothing here to compile. */
#ifdef RAT_X11
#include "CRatXTest.h"
#endif
