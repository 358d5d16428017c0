# Becomes "$@", and leaves a watchdog behind that ends it when the standard input closes, that is, when the JVM dies.
# The watchdog is forked twice: a server must not find a child among its own that it does not know.
# The JVM also closes the pipe once the process has ended by itself; the signal then finds nobody.
exec 3<&0 </dev/null
(
    (
        trap '' HUP INT QUIT TERM
        exec >/dev/null 2>&1
        while read -r ignored <&3; do :; done
        kill -INT "$$"
    ) &
)
exec 3<&-
exec "$@"
