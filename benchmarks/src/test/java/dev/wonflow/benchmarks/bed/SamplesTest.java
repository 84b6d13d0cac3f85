package dev.wonflow.benchmarks.bed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SamplesTest {

    @Test
    void a_percentile_is_one_of_the_samples() {
        var samples = new Samples(
                IntStream.rangeClosed(1, 200).mapToDouble(n -> 201 - n).toArray());

        assertThat(samples.percentile(50)).isEqualTo(100);
        assertThat(samples.percentile(99)).isEqualTo(198);
        assertThat(samples.percentile(99.9)).isEqualTo(200);
        assertThat(samples.percentile(0)).isEqualTo(1);
        assertThat(samples.percentile(100)).isEqualTo(200);
    }

    @Test
    void the_median_of_an_even_number_lies_between_the_middle_two() {
        assertThat(new Samples(new double[] {4, 1, 3, 2}).median()).isEqualTo(2.5);
    }

    @Test
    void no_sample_is_no_figure() {
        assertThat(new Samples(new double[0]).median()).isNaN();
        assertThat(new Samples(new double[0]).medianInterval().count()).isZero();
    }

    @Test
    void an_interval_holds_the_median_and_narrows_to_equal_samples() {
        Samples.Interval spread = new Samples(new double[] {1, 2, 3, 4, 5, 6, 70}).medianInterval();
        Samples.Interval equal = new Samples(new double[] {2, 2, 2, 2}).medianInterval();

        assertThat(spread.median()).isEqualTo(4);
        assertThat(spread.low()).isGreaterThanOrEqualTo(1).isLessThan(4);
        assertThat(spread.high()).isGreaterThan(4).isLessThanOrEqualTo(70);
        assertThat(equal.low()).isEqualTo(2);
        assertThat(equal.high()).isEqualTo(2);
    }
}
