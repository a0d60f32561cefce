/** How an order can be paid here: real ways, and the test cards of the payment provider with what they bring about. */
export const paymentMethods = [
  { name: 'card', value: 'card', test: false },
  { name: 'transfer', value: 'transfer', test: false },
  { name: 'cash', value: 'cash', test: false },
  { name: 'declined', value: '4000000000000002', test: true },
  { name: 'insufficient', value: '4000000000009995', test: true },
  { name: 'error', value: '4000000000000119', test: true },
  { name: 'timeout', value: '4000000000000341', test: true },
  { name: 'slow', value: '4000000000000077', test: true },
  { name: 'outage', value: '4000000000000127', test: true },
  { name: 'refundError', value: '4000000000007726', test: true },
  { name: 'noRefund', value: '4000000000005126', test: true },
] as const;
