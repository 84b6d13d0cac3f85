package dev.wonflow.benchmarks.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wonflow.benchmarks.bed.Machine;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RelayReportTest {

    private static final Journal.Faults NONE = new Journal.Faults(0, 0, 0);
    private static final Machine.Use QUIET = new Machine.Use(0, 0, 0.5);
    private static final Machine.Use STOLEN_FROM = new Machine.Use(0.03, 0, 0.5);

    private final RelayReport report = new RelayReport(RelayPlan.QUICK, Map.of(), Map.of());

    @Test
    void goals_are_ratios_of_pairs_of_one_round() {
        aRound(0, QUIET, 4, 400, 1);
        aRound(1, QUIET, 6, 400, 2);
        aRound(2, QUIET, 2, 400, 1);

        assertThat(report.verdicts())
                .extracting(verdict -> verdict.ratio().median())
                .startsWith(0.01, 3.0);
        assertThat(report.verdicts()).extracting(RelayReport.Verdict::held).startsWith(true, true);
        assertThat(report.nothingLost()).isTrue();
    }

    @Test
    void a_block_the_host_stole_from_makes_no_pair() {
        aRound(0, QUIET, 4, 400, 1);
        aRound(1, STOLEN_FROM, 100, 400, 1);

        assertThat(report.verdicts().getFirst().ratio().count()).isEqualTo(1);
        assertThat(report.complete()).isFalse();
    }

    @Test
    void one_lost_event_meets_no_goal() {
        aRound(0, QUIET, 4, 400, 1);
        report.add(aBlock(1, Contender.OURS, QUIET, 4, 1, NONE));

        assertThat(report.nothingLost()).isFalse();
        assertThat(report.verdicts()).noneMatch(RelayReport.Verdict::held);
        assertThat(report.table()).contains("1 lost");
    }

    @Test
    void disorder_within_a_key_counts_as_loss_and_a_duplicate_does_not() {
        report.add(aBlock(0, Contender.OURS, QUIET, 4, 0, new Journal.Faults(3, 0, 0)));
        assertThat(report.nothingLost()).isTrue();

        report.add(aBlock(1, Contender.OURS, QUIET, 4, 0, new Journal.Faults(0, 1, 0)));
        assertThat(report.nothingLost()).isFalse();
    }

    @Test
    void the_goal_at_rest_is_about_ours_alone_and_takes_the_median() {
        report.add(new RelayReport.Rest(0, Contender.OURS, 20, 0.004, 0));
        report.add(new RelayReport.Rest(1, Contender.OURS, 20, 0.9, 0));
        report.add(new RelayReport.Rest(2, Contender.OURS, 20, 0.006, 0));
        report.add(new RelayReport.Rest(0, Contender.STOCK, 20, 0.5, 0));
        assertThat(report.verdicts().getLast().ratio().median()).isEqualTo(0.006);
        assertThat(report.verdicts().getLast().held()).isTrue();

        report.add(new RelayReport.Rest(3, Contender.STOCK, 20, 0.001, 1));
        assertThat(report.verdicts()).noneMatch(RelayReport.Verdict::held);
    }

    private void aRound(int round, Machine.Use ofOurs, double ours, double stock, double bare) {
        report.add(aBlock(round, Contender.OURS, ofOurs, ours, 0, NONE));
        report.add(aBlock(round, Contender.STOCK, QUIET, stock, 0, NONE));
        report.add(aBlock(round, Contender.BARE, QUIET, bare, 0, NONE));
    }

    private static RelayReport.Block aBlock(
            int round, Contender contender, Machine.Use use, double p99, int lost, Journal.Faults faults) {
        Map<String, Double> percentiles = Map.of("p50", p99 / 2, "p99", p99);
        return new RelayReport.Block(
                round, contender, 1000, 4000, lost, faults, 1000, use, 100, percentiles, percentiles, percentiles);
    }
}
