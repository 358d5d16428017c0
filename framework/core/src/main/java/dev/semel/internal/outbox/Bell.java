package dev.semel.internal.outbox;

/** Lets a thread pause until somebody rings or a time has passed. Rings that nobody waited for are one. Thread-safe. */
final class Bell {
    private boolean rung;

    synchronized void ring() {
        rung = true;
        notifyAll();
    }

    synchronized void await(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        for (long left = millis; !rung && left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        rung = false;
    }
}
