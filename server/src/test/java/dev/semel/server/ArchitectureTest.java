package dev.semel.server;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The house: arrows run one way only. */
@AnalyzeClasses(packages = "dev.semel", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule arrowsRunDownwards = layeredArchitecture()
            .consideringOnlyDependenciesInAnyPackage("dev.semel..")
            .layer("core")
            .definedBy("dev.semel", "dev.semel.internal..")
            .layer("jackson")
            .definedBy("dev.semel.jackson..")
            .layer("postgres")
            .definedBy("dev.semel.postgres..")
            .layer("testkit")
            .definedBy("dev.semel.testkit..")
            .layer("starter")
            .definedBy("dev.semel.spring..")
            .layer("books")
            .definedBy("dev.semel.books..")
            .layer("server")
            .definedBy("dev.semel.server..")
            .whereLayer("server")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("books")
            .mayOnlyBeAccessedByLayers("server")
            .whereLayer("starter")
            .mayOnlyBeAccessedByLayers("books", "server")
            .whereLayer("testkit")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("jackson")
            .mayOnlyBeAccessedByLayers("starter", "books", "server")
            .whereLayer("postgres")
            .mayOnlyBeAccessedByLayers("server", "testkit")
            .withOptionalLayers(true);

    @ArchTest
    static final ArchRule coreKnowsNoFramework = classes()
            .that()
            .resideInAnyPackage("dev.semel", "dev.semel.internal..")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.semel", "dev.semel.internal..", "java..", "javax.sql..", "org.slf4j..", "org.jspecify..");

    @ArchTest
    static final ArchRule embeddedPostgresKnowsNothingOfSemel = noClasses()
            .that()
            .resideInAPackage("dev.semel.postgres..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.semel", "dev.semel.internal..", "dev.semel.spring..", "dev.semel.server..");

    @ArchTest
    static final ArchRule internalsOfCoreAreNobodyElsesBusiness = noClasses()
            .that()
            .resideOutsideOfPackages("dev.semel", "dev.semel.internal..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.semel.internal..");

    @ArchTest
    static final ArchRule internalsOfTheStarterAreNobodyElsesBusiness = noClasses()
            .that()
            .resideOutsideOfPackage("dev.semel.spring..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("dev.semel.spring.internal..");

    @ArchTest
    static final ArchRule serviceAndServerPackagesHaveNoCycles =
            slices().matching("dev.semel.(books|server).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule staticStateIsFinal =
            noFields().that().areStatic().should().notBeFinal();
}
