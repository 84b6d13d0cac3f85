package dev.wonflow.sandbox.transaction;

/** Who is told of a new transaction. */
public interface TransactionsRecorded {

    /** Takes note of a transaction. Called once for each, after it can be listed. */
    void recorded(Transaction transaction);
}
