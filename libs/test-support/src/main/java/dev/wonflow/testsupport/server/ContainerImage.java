package dev.wonflow.testsupport.server;

/**
 * An image the engine has.
 *
 * @param name as it was asked for
 * @param id what a container is made from, whatever the name means a moment later
 */
record ContainerImage(ImageName name, String id) {

    @Override
    public String toString() {
        return name.digest() == null ? name + " (no digest given; it is " + id + ")" : name.toString();
    }
}
