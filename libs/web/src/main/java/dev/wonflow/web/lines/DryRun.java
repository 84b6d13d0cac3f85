package dev.wonflow.web.lines;

import dev.wonflow.web.InvalidRequest;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionOperations;

/**
 * The parameter {@code dryRun} of what brings many lines in.
 *
 * @param isDry whether everything is tried and nothing kept
 */
public record DryRun(boolean isDry) {

    /**
     * Reads the parameter.
     *
     * @param given as in the query; none is {@code false}
     * @throws InvalidRequest if it is another word than {@code true} or {@code false}
     */
    public static DryRun of(@Nullable String given) {
        return switch (given) {
            case "true" -> new DryRun(true);
            case "false" -> new DryRun(false);
            case null -> new DryRun(false);
            default -> throw new InvalidRequest("dryRun: another word (expected: true or false)");
        };
    }

    /** Has an effect in a transaction, which a dry run rolls back: what it answers is what would be. */
    public <R> R in(TransactionOperations transaction, Supplier<R> effect) {
        return transaction.execute(status -> {
            if (isDry) {
                status.setRollbackOnly();
            }
            return effect.get();
        });
    }
}
