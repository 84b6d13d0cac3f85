package dev.wonflow.benchmarks.bed;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** Exact order statistics of raw samples; nothing is put into buckets. */
public final class Samples {

    private static final double[] REPORTED = {0, 1, 5, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 100};
    private static final int RESAMPLES = 10_000;

    private final double[] sorted;

    public Samples(double[] values) {
        this.sorted = values.clone();
        Arrays.sort(sorted);
    }

    /**
     * A median with the middle 95 % of the medians of resamples.
     *
     * @param count how many values it was made of
     */
    public record Interval(double median, double low, double high, int count) {}

    public int count() {
        return sorted.length;
    }

    /**
     * The smallest sample that at least {@code percent} of all samples do not exceed.
     *
     * @return NaN if there is no sample
     */
    public double percentile(double percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent / 100 * sorted.length);
        return sorted[Math.clamp(rank - 1L, 0, sorted.length - 1)];
    }

    /** The percentiles that go into a results file. */
    public Map<String, Double> percentiles() {
        var percentiles = new LinkedHashMap<String, Double>();
        for (double percent : REPORTED) {
            percentiles.put(
                    "p" + (percent == Math.rint(percent) ? "" + (int) percent : "" + percent), percentile(percent));
        }
        return percentiles;
    }

    public double median() {
        return median(sorted);
    }

    /** The median and its bootstrap interval. The seed is fixed: the same values give the same interval. */
    public Interval medianInterval() {
        if (sorted.length == 0) {
            return new Interval(Double.NaN, Double.NaN, Double.NaN, 0);
        }
        var random = new SplittableRandom(42);
        var medians = new double[RESAMPLES];
        var resample = new double[sorted.length];
        for (int i = 0; i < RESAMPLES; i++) {
            for (int j = 0; j < resample.length; j++) {
                resample[j] = sorted[random.nextInt(sorted.length)];
            }
            Arrays.sort(resample);
            medians[i] = median(resample);
        }
        var ofMedians = new Samples(medians);
        return new Interval(median(), ofMedians.percentile(2.5), ofMedians.percentile(97.5), sorted.length);
    }

    private static double median(double[] sorted) {
        int middle = sorted.length / 2;
        if (sorted.length == 0) {
            return Double.NaN;
        }
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
