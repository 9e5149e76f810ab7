export const handler = async ({ Records }) => {
  for (const { body } of Records) await print(JSON.parse(body));
};

async function print(parcel) {
  const answer = await fetch(`${process.env.LABELS_URL}/labels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parcel),
  });
  if (!answer.ok) throw new Error(`${parcel.parcelId}: the printer answered ${answer.status}`);
}
