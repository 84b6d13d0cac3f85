package dev.wonflow.subscription.plan;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;

/** Tells the catalogue whenever the service starts, the only moment at which it can have changed. */
@Component
class CatalogueAtStart implements ApplicationRunner {

    private final AnnounceCatalogue announceCatalogue;

    CatalogueAtStart(AnnounceCatalogue announceCatalogue) {
        this.announceCatalogue = announceCatalogue;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        announceCatalogue.run();
    }
}
