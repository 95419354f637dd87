/*
 * Copyright (c) 2026 The Inverso authors
 *
 * SPDX-License-Identifier: Apache-2.0
 */
package org.inverso.category.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.inverso.api.CategoryException;
import org.inverso.api.CategoryRegistry.CategoryStatus;
import org.inverso.api.Stage;
import org.inverso.api.category.CategoryModel;
import org.inverso.category.CategorySource;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.framework.Version;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns bundles with the capability {@code inverso.category} into {@link CategoryModel} services,
 * on behalf of those bundles. Of several good versions of a category the highest is registered, and
 * a successor is registered before its predecessor goes, so that there is always one. Data that is
 * bad never replaces data that is good: when a bundle is updated to bad data, its previous data
 * goes on.
 *
 * <p>Capability attributes: {@code inverso.category}, the id; {@code descriptor}, the path of the
 * descriptor in the bundle, {@code category.json} when it is left out.
 */
public final class CategoryExtender implements BundleTrackerCustomizer<CategoryExtender.Slot> {

    static final String VERSION_PROPERTY = "version";

    private static final Logger LOG = LoggerFactory.getLogger(CategoryExtender.class);
    private static final int ALL_STATES =
            Bundle.INSTALLED | Bundle.RESOLVED | Bundle.STARTING | Bundle.ACTIVE | Bundle.STOPPING;

    private final BundleContext context;
    private final PreviousCategories previous;
    private final BundleTracker<Slot> tracker;
    private final PackageLoader loader = new PackageLoader();
    private final Map<Long, Slot> slots = new TreeMap<>();
    private boolean closed;
    private volatile List<CategoryStatus> statuses = List.of();

    /** What is known of one bundle. Guarded by the extender. */
    static final class Slot {
        private final Bundle bundle;
        private boolean running;
        private Optional<Refusal> refusal = Optional.empty();
        private Optional<Offer> offer = Optional.empty();

        private Slot(Bundle bundle) {
            this.bundle = bundle;
        }
    }

    private record Refusal(String id, String version, String problem) {}

    /** Good data. Its model is only in memory while it is registered. */
    private static final class Offer {
        private final String id;
        private final String label;
        private final Version version;
        private final CategorySource source;
        private final boolean isPrevious;
        private Optional<LoadedCategory> model;
        private Optional<ServiceRegistration<CategoryModel>> registration = Optional.empty();

        private Offer(LoadedCategory model, CategorySource source, boolean isPrevious) {
            this.id = model.id();
            this.label = model.label();
            this.version = Version.parseVersion(model.version());
            this.source = source;
            this.isPrevious = isPrevious;
            this.model = Optional.of(model);
        }
    }

    CategoryExtender(BundleContext context, PreviousCategories previous) {
        this.context = context;
        this.previous = previous;
        this.tracker = new BundleTracker<>(context, ALL_STATES, this);
    }

    void open() {
        tracker.open();
    }

    void close() {
        synchronized (this) {
            closed = true;
        }
        tracker.close();
    }

    List<CategoryStatus> categories() {
        return statuses;
    }

    /** From the registry, so that nobody waits for an update under way. */
    Optional<CategoryModel> find(String id) {
        try {
            for (ServiceReference<CategoryModel> reference :
                    context.getServiceReferences(CategoryModel.class, null)) {
                CategoryModel model = context.getService(reference);
                boolean found = model != null && model.id().equals(id);
                context.ungetService(reference);
                if (found) {
                    return Optional.of(model);
                }
            }
            return Optional.empty();
        } catch (InvalidSyntaxException e) {
            throw new IllegalStateException("no filter at all is valid", e);
        }
    }

    @Override
    public Slot addingBundle(Bundle bundle, BundleEvent event) {
        Slot slot = new Slot(bundle);
        modifiedBundle(bundle, event, slot);
        return slot;
    }

    @Override
    public synchronized void modifiedBundle(Bundle bundle, BundleEvent event, Slot slot) {
        if (bundle.getState() == Bundle.ACTIVE && !slot.running) {
            slot.running = true;
            start(slot);
        } else if (bundle.getState() != Bundle.ACTIVE && slot.running) {
            slot.running = false;
            keepForUpdate(slot);
            stop(slot);
        }
    }

    @Override
    public synchronized void removedBundle(Bundle bundle, BundleEvent event, Slot slot) {
        stop(slot);
        previous.discard(bundle.getBundleId());
    }

    private void start(Slot slot) {
        Bundle bundle = slot.bundle;
        BundleRevision revision = bundle.adapt(BundleRevision.class);
        List<BundleCapability> capabilities =
                revision == null
                        ? List.of()
                        : revision.getDeclaredCapabilities(CategoryHeader.CAPABILITY);
        if (capabilities.isEmpty()) {
            previous.discard(bundle.getBundleId());
            return;
        }
        slots.put(bundle.getBundleId(), slot);
        List<CategoryHeader> headers =
                capabilities.stream()
                        .map(c -> CategoryHeader.of(c.getAttributes(), bundle.getSymbolicName()))
                        .toList();
        String id = headers.get(0).id();
        try {
            CategoryContainer container = new BundleContainer(bundle);
            LoadedCategory model = loader.load(container, headers);
            CategorySource source = container.source(headers.get(0).descriptor());
            slot.offer = Optional.of(new Offer(model, source, false));
            previous.discard(bundle.getBundleId());
        } catch (CategoryException e) {
            refuse(slot, id, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Category bundle {}: unexpected", bundle.getLocation(), e);
            refuse(slot, id, "unexpected " + e);
        }
        slot.offer.ifPresent(offer -> elect(offer.id));
        publish();
    }

    private void refuse(Slot slot, String id, String problem) {
        Bundle bundle = slot.bundle;
        LOG.warn("Category bundle {} refused: {}", bundle.getLocation(), problem);
        slot.refusal = Optional.of(new Refusal(id, bundle.getVersion().toString(), problem));
        slot.offer = previous.of(bundle.getBundleId()).flatMap(this::previousOffer);
    }

    private Optional<Offer> previousOffer(CategorySource source) {
        try {
            Offer offer = new Offer(loader.load(source), source, true);
            LOG.info("Category {} stays at {}", offer.id, offer.version);
            return Optional.of(offer);
        } catch (CategoryException e) {
            LOG.warn("The previous category is lost too: {}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Before a bundle's data may change. A framework that shuts down will not update it. */
    private void keepForUpdate(Slot slot) {
        if (context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getState() == Bundle.STOPPING) {
            return;
        }
        slot.offer
                .filter(offer -> !offer.isPrevious)
                .ifPresent(
                        offer ->
                                offer.model.ifPresent(
                                        model ->
                                                previous.keep(
                                                        slot.bundle.getBundleId(),
                                                        model,
                                                        offer.source)));
    }

    private void stop(Slot slot) {
        slots.remove(slot.bundle.getBundleId());
        slot.refusal = Optional.empty();
        Optional<Offer> gone = slot.offer;
        slot.offer = Optional.empty();
        gone.ifPresent(
                offer -> {
                    elect(offer.id);
                    withdraw(offer);
                });
        publish();
    }

    /** Registers the highest version of a category, and then withdraws all others. */
    private void elect(String id) {
        if (closed) {
            return;
        }
        List<Slot> candidates =
                slots.values().stream()
                        .filter(slot -> slot.offer.isPresent() && slot.offer.get().id.equals(id))
                        .sorted(
                                Comparator.comparing(
                                                (Slot slot) -> slot.offer.orElseThrow().version)
                                        .reversed())
                        .toList();
        boolean elected = false;
        for (Slot slot : candidates) {
            Offer offer = slot.offer.orElseThrow();
            if (elected) {
                withdraw(offer);
            } else {
                elected = register(slot, offer);
            }
        }
    }

    private boolean register(Slot slot, Offer offer) {
        if (offer.registration.isPresent()) {
            return true;
        }
        try {
            LoadedCategory model = offer.model.orElseGet(() -> loader.load(offer.source));
            Dictionary<String, Object> properties = new Hashtable<>();
            properties.put(Stage.ID_PROPERTY, model.id());
            properties.put(VERSION_PROPERTY, model.version());
            offer.model = Optional.of(model);
            offer.registration =
                    Optional.of(
                            slot.bundle
                                    .getBundleContext()
                                    .registerService(CategoryModel.class, model, properties));
            LOG.info(
                    "Category {} {} from {}: {} vertices, {} shape targets, weights {}",
                    model.id(),
                    model.version(),
                    slot.bundle.getLocation(),
                    model.template().vertexCount(),
                    model.template().shapeCount(),
                    model.weightNames());
            return true;
        } catch (CategoryException e) {
            // It was good when its bundle started; its data has changed since.
            LOG.warn("Category bundle {} refused: {}", slot.bundle.getLocation(), e.getMessage());
            slot.refusal =
                    Optional.of(new Refusal(offer.id, offer.version.toString(), e.getMessage()));
            slot.offer = Optional.empty();
            return false;
        }
    }

    private static void withdraw(Offer offer) {
        offer.registration.ifPresent(
                registration -> {
                    try {
                        registration.unregister();
                    } catch (IllegalStateException e) {
                        LOG.debug("Category {} went with its bundle", offer.id);
                    }
                });
        offer.registration = Optional.empty();
        offer.model = Optional.empty();
    }

    private void publish() {
        List<CategoryStatus> all = new ArrayList<>();
        for (Slot slot : slots.values()) {
            String source = slot.bundle.getLocation();
            slot.offer.ifPresent(
                    offer ->
                            all.add(
                                    new CategoryStatus(
                                            offer.id,
                                            offer.label,
                                            offer.version.toString(),
                                            offer.registration.isPresent()
                                                    ? "active"
                                                    : "superseded",
                                            offer.isPrevious
                                                    ? source + " (before its update)"
                                                    : source,
                                            offer.model.map(LoadedCategory::memoryBytes).orElse(0L),
                                            "")));
            slot.refusal.ifPresent(
                    refusal ->
                            all.add(
                                    new CategoryStatus(
                                            refusal.id(),
                                            refusal.id(),
                                            refusal.version(),
                                            "refused",
                                            source,
                                            0,
                                            refusal.problem())));
        }
        all.sort(Comparator.comparing(CategoryStatus::id).thenComparing(CategoryStatus::version));
        statuses = List.copyOf(all);
    }
}
