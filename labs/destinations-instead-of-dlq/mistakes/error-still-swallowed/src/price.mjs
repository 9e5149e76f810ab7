export const handler = async (price) => {
  const answer = await fetch(`${process.env.CATALOGUE_URL}/prices/${price.sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ priceId: price.priceId, cents: price.cents }),
  });
  if (!answer.ok) console.error(`${price.priceId}: ${await answer.text()}`);
  return { priceId: price.priceId, sku: price.sku, cents: price.cents };
};
