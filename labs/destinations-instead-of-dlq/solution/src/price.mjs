export const handler = async (price) => {
  const answer = await fetch(`${process.env.CATALOGUE_URL}/prices/${price.sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ priceId: price.priceId, cents: price.cents }),
  });
  if (!answer.ok) {
    // Thrown and not caught: that is what makes the attempt a failure, brings the retry, and in the end the OnFailure record. The text
    // is its responsePayload.errorMessage, so it says what the buyer needs in order to ask about the price.
    const { error } = await answer.json();
    throw new Error(`${price.priceId}: catalogue answered ${answer.status} ${error.code}, ticket ${error.ticket ?? 'none'}`);
  }
  // Returned, not logged: nobody waits for the answer of an asynchronous call, but OnSuccess carries it as responsePayload.
  return { priceId: price.priceId, sku: price.sku, cents: price.cents };
};
