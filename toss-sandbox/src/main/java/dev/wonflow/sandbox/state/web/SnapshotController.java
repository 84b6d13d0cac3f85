package dev.wonflow.sandbox.state.web;

import dev.wonflow.sandbox.state.Snapshots;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Takes snapshots, and puts time and books back to one. */
@RestController
@RequestMapping("/control/snapshots")
class SnapshotController {

    private final Snapshots snapshots;

    SnapshotController(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /**
     * A snapshot.
     *
     * @param at time of the sandbox when it was taken
     */
    record SnapshotView(String id, Instant at) {

        static SnapshotView of(Snapshots.Snapshot snapshot) {
            return new SnapshotView(snapshot.id(), snapshot.copy().at());
        }
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    SnapshotView take() {
        return SnapshotView.of(explained(snapshots::take));
    }

    @GetMapping
    List<SnapshotView> all() {
        return snapshots.all().stream().map(SnapshotView::of).toList();
    }

    @PostMapping("/{id}/reset")
    SnapshotView reset(@PathVariable String id) {
        return explained(() -> snapshots.reset(id)).map(SnapshotView::of).orElseThrow(() -> unknown(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void forget(@PathVariable String id) {
        if (!snapshots.forget(id)) {
            throw unknown(id);
        }
    }

    private static ResponseStatusException unknown(String id) {
        return new ResponseStatusException(
                HttpStatus.NOT_FOUND, "snapshot: " + id + " (expected: an id of GET /control/snapshots)");
    }

    private static <T> T explained(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalStateException e) {
            throw new ResponseStatusException(HttpStatus.CONFLICT, e.getMessage(), e);
        }
    }
}
