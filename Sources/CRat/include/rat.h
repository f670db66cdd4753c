/** @file rat.h
 *  The whole C interface: Win32-style windows, messages and IPC for Linux.
 */
#ifndef RAT_H
#define RAT_H

#include "ratcore.h"
#include "ratsync.h"
#include "ratipc.h"
#include "ratshared.h"
#include "ratmsg.h"
#include "ratname.h"
#include "ratio.h"
#include "ratgui.h"
#include "rattree.h"
#include "ratclass.h"
#include "ratpos.h"
#include "ratpaint.h"
#include "rathook.h"
#include "rattrace.h"
#include "ratinput.h"
#include "ratcursor.h"
#include "ratlook.h"
#include "ratclip.h"
#include "ratx11.h"

#define RAT_VERSION_MAJOR 0
#define RAT_VERSION_MINOR 1

#endif /* RAT_H */
