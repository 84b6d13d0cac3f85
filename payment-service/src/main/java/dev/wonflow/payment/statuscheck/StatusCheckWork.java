package dev.wonflow.payment.statuscheck;

import dev.wonflow.work.WorkKind;
import java.util.List;

/** Status checks as work. The names are in the database and in metrics. */
public final class StatusCheckWork {

    /** Outcomes we have to know. */
    public static final WorkKind REQUIRED = WorkKind.keyed("status-check.required");

    /** What only webhooks ask for. */
    public static final WorkKind HINTED = WorkKind.keyed("status-check.hinted");

    public static final List<WorkKind> KINDS = List.of(REQUIRED, HINTED);

    private StatusCheckWork() {}
}
