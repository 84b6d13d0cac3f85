package dev.wonflow.idempotency;

import dev.wonflow.runtime.IdSource;
import dev.wonflow.runtime.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.ResponseEntity;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.json.JsonMapper;

/** The key tells a repeat. */
final class OnceByKey implements Once {

    private static final Logger log = LoggerFactory.getLogger(OnceByKey.class);

    private final KeyedRequest request;
    private final Answers answers;
    private final TransactionOperations transaction;
    private final IdSource ids;
    private final JsonMapper json;

    OnceByKey(KeyedRequest request, Answers answers, TransactionOperations transaction, IdSource ids, JsonMapper json) {
        this.request = request;
        this.answers = answers;
        this.transaction = transaction;
        this.ids = ids;
        this.json = json;
    }

    @Override
    public <P> ResponseEntity<?> inTransaction(
            TenantId tenant, Supplier<P> preparation, Function<P, ResponseEntity<?>> effect) {
        Optional<Answer> known = answers.find(tenant, request);
        if (known.isPresent()) {
            return known.get().replayed();
        }
        P prepared = preparation.get();
        return transaction.execute(_ -> {
            answers.takeTurn(tenant, request);
            // The request before has committed, and this statement sees it.
            return answers.find(tenant, request).map(Answer::replayed).orElseGet(() -> {
                Answer answer = Answer.of(effect.apply(prepared), request.path(), json);
                if (answer.isFinal()) {
                    answers.keep(tenant, request, answer.requireKeepable());
                }
                return answer.first();
            });
        });
    }

    @Override
    public ResponseEntity<?> withLease(TenantId tenant, Effect effect) throws InterruptedException {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException(
                    "lease of an idempotency key: a transaction is open (expected: none, or nobody would see the lease)");
        }
        UUID holder = ids.next();
        if (!answers.lease(tenant, request, holder)) {
            return answers.find(tenant, request).map(Answer::replayed).orElseThrow(RequestInFlight::new);
        }
        boolean kept = false;
        try {
            Answer answer = Answer.of(effect.have(), request.path(), json);
            kept = answer.isFinal() && isKept(tenant, holder, answer);
            return answer.first();
        } finally {
            if (!kept) {
                giveBack(tenant, holder);
            }
        }
    }

    /** What was done is done: its caller is told so, whether or not the answer could be kept for another time. */
    private boolean isKept(TenantId tenant, UUID holder, Answer answer) {
        try {
            answers.endLease(tenant, request, holder, answer);
            return true;
        } catch (DataAccessException e) {
            log.warn("The answer of a request with a key was not kept; a repeat has the effect looked at again", e);
            return false;
        }
    }

    private void giveBack(TenantId tenant, UUID holder) {
        try {
            answers.giveBack(tenant, request, holder);
        } catch (DataAccessException e) {
            log.warn("The lease of a key was not given back; repeats are refused until it runs out", e);
        }
    }
}
