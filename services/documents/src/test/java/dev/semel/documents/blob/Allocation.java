package dev.semel.documents.blob;

import com.sun.management.ThreadMXBean;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;

/** How much memory work takes. */
final class Allocation {
    private Allocation() {}

    /** All that the thread has allocated for it, in bytes, whether or not it is garbage by now. */
    static long of(Callable<?> work) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        work.call();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    /** That many bytes, made while they are read. */
    static InputStream content(long size) {
        return new InputStream() {
            private long left = size;

            @Override
            public int read() {
                return left-- > 0 ? (int) (left % 251) : -1;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                if (left <= 0) {
                    return -1;
                }
                int read = (int) Math.min(length, left);
                for (int i = offset; i < offset + read; i += 4096) {
                    bytes[i] = (byte) (left % 251);
                }
                left -= read;
                return read;
            }
        };
    }
}
