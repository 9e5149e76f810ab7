-- CreateTable
CREATE TABLE "merged_session" (
    "token_hash" TEXT NOT NULL,
    "merged_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "merged_session_pkey" PRIMARY KEY ("token_hash")
);

-- CreateIndex
CREATE INDEX "merged_session_merged_at_idx" ON "merged_session"("merged_at");
