package dev.wonflow.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TurnsTest {

    private static final URI HANGS = URI.create("http://127.0.0.1:1/hook");
    private static final URI WORKS = URI.create("http://127.0.0.1:2/hook");

    private final List<CompletableFuture<String>> begun = new ArrayList<>();

    @Test
    void an_address_has_a_few_at_once_and_the_rest_wait_in_line() {
        Turns turns = new Turns(2, 10);
        List<CompletionStage<?>> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ended.add(turns.inTurn(HANGS, this::begin));
        }
        assertThat(begun).hasSize(2);

        begun.getFirst().complete("answered");

        assertThat(begun).hasSize(3);
        assertThat(ended.getFirst().toCompletableFuture()).isCompleted();
        assertThat(ended.get(1).toCompletableFuture()).isNotCompleted();
        begun.get(1).completeExceptionally(new IllegalStateException("on purpose"));
        assertThat(begun).hasSize(4);
        assertThat(ended.get(1).toCompletableFuture()).isCompletedWithValue(null);
    }

    @Test
    void a_receiver_that_hangs_takes_no_place_of_another() {
        Turns turns = new Turns(1, 10);
        turns.inTurn(HANGS, this::begin);
        turns.inTurn(HANGS, this::begin);
        assertThat(begun).hasSize(1);

        turns.inTurn(WORKS, this::begin);

        assertThat(begun).hasSize(2);
    }

    @Test
    void beyond_the_longest_line_the_one_that_waits_longest_is_let_go() {
        Turns turns = new Turns(1, 2);
        List<CompletionStage<?>> ended = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ended.add(turns.inTurn(HANGS, this::begin));
        }

        assertThat(ended.stream().map(CompletionStage::toCompletableFuture).map(CompletableFuture::isDone))
                .containsExactly(false, true, false, false);
        begun.getFirst().complete("answered");
        begun.get(1).complete("answered");
        begun.get(2).complete("answered");
        assertThat(begun).hasSize(3);
    }

    @Test
    void a_long_line_with_nothing_to_do_any_more_is_gone_at_once() {
        Turns turns = new Turns(1, 100_000);
        AtomicInteger asked = new AtomicInteger();
        turns.inTurn(HANGS, this::begin);
        for (int i = 0; i < 100_000; i++) {
            turns.inTurn(HANGS, () -> CompletableFuture.completedFuture(asked.incrementAndGet()));
        }

        begun.getFirst().complete("answered");

        assertThat(asked).hasValue(100_000);
        turns.inTurn(HANGS, this::begin);
        assertThat(begun).hasSize(2);
    }

    @Test
    void work_that_cannot_begin_frees_its_place() {
        Turns turns = new Turns(1, 1);
        turns.inTurn(HANGS, () -> {
            throw new IllegalStateException("on purpose");
        });

        turns.inTurn(HANGS, this::begin);

        assertThat(begun).hasSize(1);
    }

    private CompletionStage<?> begin() {
        CompletableFuture<String> work = new CompletableFuture<>();
        begun.add(work);
        return work;
    }
}
