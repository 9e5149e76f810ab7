export const handler = async ({ Records }) => {
  const batchItemFailures = [];
  for (const record of Records) {
    try {
      // Parsed in here: a message that is no JSON fails alone, too.
      await print(JSON.parse(record.body));
    } catch (error) {
      console.error(error.message);
      // The message's id, not its receipt handle. An id that is in no batch makes Lambda distrust the whole answer and repeat all of it.
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  // An empty list says that all went well. What is named stays in the queue and comes again after its visibility timeout.
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
