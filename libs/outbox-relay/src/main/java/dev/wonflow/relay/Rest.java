package dev.wonflow.relay;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What lets the two threads of an engine rest while nothing happens, and wakes them when something does: the one that
 * reads the log rests at its {@link RestingChannel}, the one that sends rests between two looks at its
 * {@link RestingQueue}. The engine makes both by itself and by class name, so they find their run's rest by its name.
 *
 * <p>The sending thread takes from the queue at most once in a while ({@link #GATHER}): one that took each event when
 * it comes would spend more on falling asleep and waking up than on sending.
 *
 * <p>While a run starts or ends nobody rests long, because then the engine waits for flags that nobody signals.
 */
final class Rest {

    /** How long the sending thread rests while it must not. */
    private static final Duration NAP = Duration.ofMillis(5);

    /** The shortest time between two takes, so the longest that an event waits for others to come along. */
    static final Duration GATHER = Duration.ofMillis(1);

    /** What is broken at one end shows at the other within this time. */
    private static final Duration ALARM = Duration.ofSeconds(2);

    private static final Map<String, Rest> BY_NAME = new ConcurrentHashMap<>();

    private final String name;
    private final Duration untilQuiet;
    private final Duration longest;
    private final Duration gather;
    private final Sleeper sender = new Sleeper();
    private final Set<RestingChannel> channels = ConcurrentHashMap.newKeySet();
    private final AtomicInteger queued = new AtomicInteger();
    private volatile boolean begun;
    private volatile boolean ended;
    private volatile long alarmedUntil = System.nanoTime();

    /** Of the sending thread. */
    private long lastTaken;

    /**
     * A rest of a run that is about to start.
     *
     * @param untilQuiet after this time without news the engine emits the position of the last commit
     * @param longest after this the engine looks at its flags, though nothing came
     * @param gather the shortest time between two takes from the queue
     */
    Rest(String name, Duration untilQuiet, Duration longest, Duration gather) {
        this.name = name;
        this.untilQuiet = untilQuiet;
        this.longest = longest;
        this.gather = gather;
        this.lastTaken = System.nanoTime() - gather.toNanos();
    }

    /** From now on the engine's parts find it, until it is forgotten. */
    void announce() {
        BY_NAME.put(name, this);
    }

    /**
     * Answers the rest of the run that has this name.
     *
     * @throws IllegalArgumentException if there is none, or not any more
     */
    static Rest of(String name) {
        Rest rest = BY_NAME.get(name);
        if (rest == null) {
            throw new IllegalArgumentException("relay run: " + name + " (expected: one that goes on)");
        }
        return rest;
    }

    /** From now on there is time to rest. */
    void begin() {
        begun = true;
    }

    /** Nobody rests any more, because the run is to end. */
    void end() {
        ended = true;
        wakeAll();
    }

    /** No more is made for this run. */
    void forget() {
        end();
        BY_NAME.remove(name, this);
    }

    /** Something is broken, so the threads look at one another for a while. */
    void alarm() {
        alarmedUntil = System.nanoTime() + ALARM.toNanos();
        wakeAll();
    }

    /** The position is about to be written, by a thread that has to get in between two reads. */
    void expectWrite() {
        channels.forEach(RestingChannel::expectWrite);
    }

    void queued() {
        queued.incrementAndGet();
        wakeSender();
    }

    void taken(int count) {
        queued.addAndGet(-count);
        lastTaken = System.nanoTime();
    }

    /** Ends the sending thread's rest, or its next one. */
    void wakeSender() {
        sender.wake();
    }

    /**
     * Lets the sending thread rest until it is woken or the time is up.
     *
     * @return whether it may rest again; false if the engine has something to do, or to look at
     */
    boolean sleep(long nanos) {
        if (queued.get() > 0) {
            gather();
            return false;
        }
        if (nanos <= 0 || Thread.currentThread().isInterrupted()) {
            return false;
        }
        boolean restless = isRestless();
        sender.sleep(restless ? Math.min(nanos, NAP.toNanos()) : nanos);
        return !restless;
    }

    /** Waits until it is time for the next take; nothing but the end of the run, or trouble, makes that sooner. */
    private void gather() {
        sender.doze(gather.toNanos() - (System.nanoTime() - lastTaken), this::isRestless);
    }

    /** Where the sending thread rests. */
    Sleeper sender() {
        return sender;
    }

    /** Whether nobody may rest for long now. */
    boolean isRestless() {
        return !begun || ended || alarmedUntil - System.nanoTime() > 0;
    }

    /** How long to wait for news right after some, so that the engine finds the time to say where it stands. */
    Duration untilQuiet() {
        return untilQuiet;
    }

    Duration longest() {
        return longest;
    }

    void add(RestingChannel channel) {
        channels.add(channel);
    }

    void remove(RestingChannel channel) {
        channels.remove(channel);
    }

    private void wakeAll() {
        channels.forEach(RestingChannel::wake);
        sender.rouse();
    }
}
