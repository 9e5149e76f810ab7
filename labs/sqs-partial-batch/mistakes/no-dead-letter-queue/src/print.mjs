export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    try {
      await print(JSON.parse(record.body));
    } catch (error) {
      console.error(error.message);
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
};

async function print(parcel) {
  const answer = await fetch(`${process.env.LABELS_URL}/labels`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(parcel),
  });
  if (!answer.ok) throw new Error(`${parcel.parcelId}: the printer answered ${answer.status}`);
}
