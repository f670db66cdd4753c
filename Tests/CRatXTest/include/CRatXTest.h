/* Re-exports XTEST, XFIXES, SYNC and RandR, for tests only. Imported only with the trait, as CRatXCB is. */
#ifndef C_RAT_XTEST_H
#define C_RAT_XTEST_H

#include <xcb/randr.h>
#include <xcb/sync.h>
#include <xcb/xcb.h>
#include <xcb/xfixes.h>
#include <xcb/xproto.h>
#include <xcb/xtest.h>

#endif /* C_RAT_XTEST_H */
