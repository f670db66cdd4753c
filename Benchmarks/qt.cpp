#include "qt.h"

#include "bench.h"

#include <QCoreApplication>
#include <QEvent>
#include <QObject>
#include <cstdlib>

namespace {

struct Event : QEvent {
    uintptr_t wparam;
    intptr_t lparam;

    explicit Event(uintptr_t wparam) : QEvent(QEvent::User), wparam(wparam), lparam(0) {}
};

struct Receiver : QObject {
    uintptr_t next = 0;

    bool event(QEvent* event) override
    {
        if (event->type() != QEvent::User) return QObject::event(event);
        if (static_cast<Event*>(event)->wparam != next) abort();
        next++;
        return true;
    }
};

/* On its own event loop: on GLib's it makes a system call for each event posted. */
QCoreApplication& application()
{
    static int count = 1;
    static char name[] = "bench";
    static char* names[] = {name, nullptr};
    static bool isSet = qputenv("QT_NO_GLIB", "1");
    static QCoreApplication application(count, names);
    BENCH_CHECK(isSet);
    return application;
}

} // namespace

double qtBatches(int batch, int rounds)
{
    application();
    Receiver receiver;
    uint64_t from = benchNow();
    for (int round = 0; round < rounds; round++) {
        receiver.next = 0;
        for (int i = 0; i < batch; i++) {
            QCoreApplication::postEvent(&receiver, new Event(static_cast<uintptr_t>(i)));
        }
        QCoreApplication::sendPostedEvents();
        if (receiver.next != static_cast<uintptr_t>(batch)) abort();
    }
    return static_cast<double>(benchNow() - from) / rounds / batch;
}
