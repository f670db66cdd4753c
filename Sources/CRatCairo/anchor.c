/* Without the trait there may be no cairo, and nothing here to compile. */
#ifdef RAT_GDI_CAIRO
#include "CRatCairo.h"
#endif
