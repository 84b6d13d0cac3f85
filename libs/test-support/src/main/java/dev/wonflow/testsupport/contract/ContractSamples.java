package dev.wonflow.testsupport.contract;

import java.util.List;

/** The samples of the contracts module. */
public final class ContractSamples {

    private ContractSamples() {}

    /**
     * All samples of an event type, for a consumer that must read every one of them.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static List<ContractSample> of(String type) {
        List<ContractSample> samples = ContractFiles.json("contracts/samples/" + type + "/*.json").entrySet().stream()
                .map(file -> new ContractSample(type, file.getKey(), file.getValue()))
                .toList();
        if (samples.isEmpty()) {
            throw new IllegalArgumentException("type: " + type + " (expected: a folder in contracts/samples)");
        }
        return samples;
    }

    /**
     * One sample, for a producer that must write exactly this.
     *
     * @throws IllegalArgumentException if there is no such sample
     */
    public static ContractSample of(String type, String name) {
        List<ContractSample> samples = of(type);
        return samples.stream()
                .filter(sample -> sample.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "sample: " + type + "/" + name + " (expected: one of " + samples + ")"));
    }
}
