/** A TEST_* variable; `npm test` sets them all. */
export function testEnvironment(name: 'TEST_DATABASE_URL' | 'TEST_AMQP_URL' | 'TEST_AMQP_MANAGEMENT_URL' | 'TEST_REDIS_URL'): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set: run the tests with npm test, which starts private servers, or set it to a server of your own`);
  return value;
}
