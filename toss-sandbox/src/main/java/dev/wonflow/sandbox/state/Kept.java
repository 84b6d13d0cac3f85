package dev.wonflow.sandbox.state;

/**
 * Books that belong to the state of the sandbox: part of every snapshot, and of the file if the state is kept on disk.
 *
 * @param <S> an immutable record made of what JSON knows: records, enums, strings, numbers, instants, lists and maps
 *     with strings as keys; {@code state.json.StateJson} can make more of it known
 */
public interface Kept<S extends Record> {

    /** Under what the state is kept; one word, never changed. */
    String stateName();

    Class<S> stateType();

    /** Everything in the books now. Must be consistent in itself, and quick. */
    S state();

    /** Replaces everything in the books. */
    void restore(S state);
}
