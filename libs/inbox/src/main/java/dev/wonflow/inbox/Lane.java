package dev.wonflow.inbox;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * How far a group has come in one partition: what it has handled, which dead letters are on their way, and whether it
 * waits. Belongs to one consumer thread.
 */
final class Lane {

    private static final long NOTHING = -1;

    /** Most dead letters of a partition on their way at once: after a refusal all of them are sent again. */
    private static final int MAX_LETTERS = 1_000;

    private final GroupPartition place;
    private final LetterBudget budget;
    private final Deque<DeadLetter> letters = new ArrayDeque<>();

    private CompletableFuture<Void> handedOver = CompletableFuture.completedFuture(null);
    private AtomicBoolean halted = new AtomicBoolean();
    private long lettersSince;
    private long next = NOTHING;
    private long committed = NOTHING;
    private long committedAt;
    private boolean held;
    private long heldAt;
    private long heldUntil;
    private boolean waitsForRoom;

    Lane(GroupPartition place, LetterBudget budget) {
        this.place = place;
        this.budget = budget;
    }

    GroupPartition place() {
        return place;
    }

    /** Notes that the message is done with, or will be when its letter has arrived. */
    void passed(long offset) {
        next = offset + 1;
    }

    /** Goes back to a message that is to come again. */
    void backTo(long offset) {
        next = offset;
    }

    /** What the letters of this lane look at before they are sent. */
    AtomicBoolean halted() {
        return halted;
    }

    boolean hasRoom() {
        return letters.size() < MAX_LETTERS && budget.hasRoom();
    }

    /** Sends a letter, unless there is no room for it. */
    boolean add(DeadLetter letter, DeadLetters deadLetters) {
        if (letters.size() >= MAX_LETTERS || !budget.take(letter)) {
            return false;
        }
        if (letters.isEmpty()) {
            lettersSince = System.nanoTime();
        }
        letters.add(letter);
        handedOver = deadLetters.send(letter, handedOver);
        passed(letter.offset());
        return true;
    }

    /** The oldest letter on its way, or null if none is. */
    @Nullable
    DeadLetter first() {
        return letters.peekFirst();
    }

    void arrived(DeadLetter letter) {
        letters.remove(letter);
        lettersSince = System.nanoTime();
    }

    /** Forgets the letters on their way; those not handed over yet never will be. */
    void halt() {
        halted.set(true);
        halted = new AtomicBoolean();
        letters.clear();
    }

    /** Whether no letter has arrived for so long that the group should not run further ahead of them. */
    boolean waitsLongerThan(Duration patience) {
        return !letters.isEmpty() && System.nanoTime() - lettersSince > patience.toNanos();
    }

    /** Holds the partition at an offset until its letters have arrived, and at least for the delay. */
    void hold(long offset, Duration delay) {
        held = true;
        heldAt = offset;
        heldUntil = System.nanoTime() + delay.toNanos();
        waitsForRoom = false;
    }

    /** Holds the partition at a message whose letter finds no room. */
    void holdForRoom(long offset) {
        hold(offset, Duration.ZERO);
        waitsForRoom = true;
    }

    boolean isHeld() {
        return held;
    }

    /** Where a held partition is to go on. */
    long heldAt() {
        return heldAt;
    }

    /** Whether a held partition may go on. */
    boolean isDue() {
        return held && letters.isEmpty() && (!waitsForRoom || budget.hasRoom()) && System.nanoTime() - heldUntil >= 0;
    }

    void release() {
        held = false;
    }

    /** Whether it waits for nothing, and all it has done is committed. */
    boolean isAtRest() {
        return !held && letters.isEmpty() && uncommitted().isEmpty();
    }

    /** The offset to commit, if it is another than the last one: everything before it is done with. */
    OptionalLong uncommitted() {
        DeadLetter first = letters.peekFirst();
        long offset = first == null ? next : first.offset();
        return offset == NOTHING || offset == committed ? OptionalLong.empty() : OptionalLong.of(offset);
    }

    void committed(long offset) {
        committed = offset;
        committedAt = System.nanoTime();
    }

    /** Whether the last commit is so long ago that the next one may follow. */
    boolean mayCommitAfter(Duration pause) {
        return committed == NOTHING || System.nanoTime() - committedAt >= pause.toNanos();
    }
}
