export const segment_order = ['VIP', 'Champions', 'Loyal', 'New', 'Promising', 'At Risk', 'Hibernating', 'Lost', 'Occasional'];
