export const handler = async (price) => {
  const answer = await fetch(`${process.env.CATALOGUE_URL}/prices/${price.sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ priceId: price.priceId, cents: price.cents }),
  });
  if (!answer.ok) {
    const { error } = await answer.json();
    throw new Error(`${answer.status} ${error.code}, ticket ${error.ticket ?? 'none'}`);
  }
  return { priceId: price.priceId, sku: price.sku, cents: price.cents };
};
