package dev.wonflow.local.stack;

import java.nio.file.Path;

/**
 * The one folder that holds everything the local stack leaves on disk.
 *
 * @param root absolute and without symbolic links, since processes are recognised by it
 */
public record StateFolder(Path root) {

    /** Databases and topics; deleting it starts from nothing. */
    public Path data() {
        return root.resolve("data");
    }

    /** One log for each process, and of the run before. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Which processes run. */
    public Path run() {
        return root.resolve("run");
    }

    /** What can be made again at any time: unpacked programs, start-up caches. */
    public Path cache() {
        return root.resolve("cache");
    }

    /** The log of a part. */
    public Path log(String part) {
        return logs().resolve(part + ".log");
    }
}
