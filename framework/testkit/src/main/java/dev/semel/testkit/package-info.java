/**
 * For tests of writes on a real PostgreSQL. {@link dev.semel.testkit.PostgresExtension} gives each test class a {@link
 * dev.semel.testkit.TestDatabase}; every statement that its pools send is read by a {@link dev.semel.testkit.TenancyCheck}. An
 * {@link dev.semel.testkit.OperationUnderTest} is described once and held against its contract:
 *
 * {@snippet :
 * OperationUnderTest<NewOrder> payOrder = OperationUnderTest.of(
 *                 Shop.PAY_ORDER,
 *                 source -> Shop.engine(source, Shop::insertAndEmit).build())
 *         .build(Shop.TEA, Shop.DEARER_TEA);
 *
 * ExactlyOnce.on(database).assertExactlyOnce(payOrder);
 * FaultEnumeration.run(database, payOrder);
 * }
 *
 * <p>The clock and the relay are moved by hand: {@link dev.semel.testkit.TestDatabase#passTime} and {@link
 * dev.semel.testkit.TestRelay}. A data source that is listened to, or broken: {@link dev.semel.testkit.InterceptedDataSource}.
 */
@NullMarked
package dev.semel.testkit;

import org.jspecify.annotations.NullMarked;
