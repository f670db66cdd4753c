/* Qt as a peer: events to an object, which its event() handles. */
#ifndef QT_H
#define QT_H

#ifdef __cplusplus
extern "C" {
#endif

/* Posts rounds batches of events to an object of the calling thread, always the same one, and has
 * each delivered; nanoseconds of one event. */
double qtBatches(int batch, int rounds);

#ifdef __cplusplus
}
#endif
#endif /* QT_H */
