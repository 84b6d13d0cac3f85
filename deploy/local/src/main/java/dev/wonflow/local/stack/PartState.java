package dev.wonflow.local.stack;

/** Where a part is on its way up or down. */
public enum PartState {
    WAITING,
    STARTING,
    HEALTHY,
    FAILED,
    STOPPING,
    KILLED,
    STOPPED
}
