package dev.wonflow.payment.gateway;

/**
 * How long it has not been known what became of something that Toss was called for. Immutable.
 *
 * @param looks how often a turn ended without certainty
 * @param vagueAnswers how many calls were answered, and the answer did not tell
 * @param faults how often a fault of ours, or too many calls, was in the way
 */
public record Uncertainty(int looks, int vagueAnswers, int faults) {

    public static final Uncertainty NONE = new Uncertainty(0, 0, 0);

    /**
     * A permanent refusal can come under a code that sounds temporary, so that counting has to end it. What is a fault
     * of ours for certain is not counted: what it held up goes on when it is mended, however long that takes.
     */
    private static final int MOST_VAGUE_ANSWERS = 5;

    /** Looks that brought no certainty, after which a person has to know. */
    private static final int LOOKS_UNTIL_ALARM = 8;

    /**
     * One more turn has brought none.
     *
     * @param answered whether a call was answered
     */
    public Uncertainty notKnown(boolean answered) {
        return new Uncertainty(looks + 1, answered ? vagueAnswers + 1 : vagueAnswers, faults);
    }

    /** The same, for a reason outside: it counts for nothing but the length of the next pause. */
    public Uncertainty heldUp() {
        return new Uncertainty(looks, vagueAnswers, faults + 1);
    }

    /** Whether Toss has answered so many calls to no use that it is only asked from now on. */
    public boolean isOnlyAsked() {
        return vagueAnswers >= MOST_VAGUE_ANSWERS;
    }

    /** Whether the turn that has just ended is the one after which a person is told; so it happens once. */
    public boolean isToBeReported() {
        return looks == LOOKS_UNTIL_ALARM;
    }

    /** Whether a person was told, so that there is no hurry to ask again. */
    public boolean isReported() {
        return looks >= LOOKS_UNTIL_ALARM;
    }

    /** Turns that have ended nothing, by which the pauses between them grow. */
    public int turns() {
        return looks + faults;
    }
}
