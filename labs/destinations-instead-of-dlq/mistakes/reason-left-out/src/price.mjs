export const handler = async (price) => {
  const answer = await fetch(`${process.env.CATALOGUE_URL}/prices/${price.sku}`, {
    method: 'PUT',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ priceId: price.priceId, cents: price.cents }),
  });
  if (!answer.ok) throw new Error('the catalogue said no');
  return { priceId: price.priceId, sku: price.sku, cents: price.cents };
};
