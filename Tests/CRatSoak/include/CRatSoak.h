/* Eight threads with windows on one X server, and a person who uses them all.
 *
 * Each thread has a connection of its own, a window that stays, and windows that come and go. It posts and sends to
 * its neighbours, paints, and takes the keyboard from the others. The person moves, clicks and types by XTEST.
 *
 * What must hold: what was posted and sent arrives, in its order; each button that is pressed over a window is told
 * to it; keys go to the window that was clicked, all of them; where the keyboard is the server and the windows say
 * alike; nobody hangs. Nothing of that depends on how long anything takes.
 */
#ifndef CRATSOAK_H
#define CRATSOAK_H

#include <stdbool.h>

/* Runs on what DISPLAY names, where nobody manages windows. Whether everything held. Needs a process of its own. */
bool runSoak(int rounds);

/* What did not hold. */
const char* soakReport(void);

#endif /* CRATSOAK_H */
